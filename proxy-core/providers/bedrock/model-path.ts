import { GatewayError } from "../../errors/gateway-error.ts";
import { pathSegment } from "../shared/refuse.ts";

/** Foundation models, inference profiles, provisioned and imported models, prompt routers. */
const arn =
	/^arn:aws[a-z-]*:(bedrock|sagemaker):[a-z0-9-]{0,20}:\d{0,12}:[a-z-]{1,64}\/[A-Za-z0-9][A-Za-z0-9._:/-]{0,255}$/;

/**
 * A model's id or ARN as one segment of a path: colons and slashes encoded. Throws `request.invalid`
 * for names that could lead elsewhere.
 */
export function modelSegment(model: string): string {
	if (!model.startsWith("arn:")) return pathSegment(model);
	if (!arn.test(model) || model.includes(".."))
		throw new GatewayError("request.invalid", {
			param: "model",
			message: "The model's name is no ARN of a Bedrock model.",
		});
	return encodeURIComponent(model);
}

/** Which models a region answers itself and which through a profile of its part of the world. */
export function listedModelId(
	region: string,
	model: { readonly id: string; readonly isOnDemand: boolean },
): string {
	if (model.isOnDemand) return model.id;
	const [area = ""] = region.split("-", 1);
	if (region.startsWith("us-gov-")) return `us-gov.${model.id}`;
	return `${area === "ap" ? "apac" : area === "us" || area === "eu" ? area : "global"}.${model.id}`;
}
