import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../../../proxy-core/pricing/price-catalogue.ts";
import { readConfig } from "../config-file.ts";
import type { ImportPlan } from "../import-plan.ts";
import type { PlanInput } from "../plan.ts";
import { planImport } from "../plan.ts";

/** What the text of a configuration becomes on an empty installation. */
export function planText(text: string, changes: Partial<PlanInput> = {}): ImportPlan {
	return planImport({
		config: readConfig(text),
		keys: undefined,
		withMasterKey: false,
		environment: {},
		readFile: () => undefined,
		existing: [],
		reserved: [],
		catalogue: createPriceCatalogue(readShippedPrices()),
		now: Date.UTC(2026, 0, 1),
		...changes,
	});
}

/** The notes' texts of one kind, joined for searching. */
export function notesOf({ notes }: ImportPlan, kind: "changed" | "left"): string {
	return notes
		.filter((note) => note.kind === kind)
		.map(({ line, place, text }) => `${line} ${place} ${text}`)
		.join("\n");
}

/** A company with two clouds, a model of its own, fallbacks and budgets. */
export const companyConfig = `
credential_list:
  - credential_name: azure_eu
    credential_values:
      api_key: os.environ/AZURE_EU_KEY
      api_base: https://acme-eu.openai.azure.com/openai/deployments/x
      api_version: "2024-10-21"
model_list:
  - model_name: gpt-4o
    litellm_params:
      model: azure/acme-4o
      litellm_credential_name: azure_eu
      rpm: 600
      max_budget: 50
      budget_duration: 1d
    model_info: { base_model: azure/gpt-4o, access_groups: [premium] }
  - model_name: gpt-4o
    litellm_params: { model: openai/gpt-4o, api_key: os.environ/OPENAI_KEY, rpm: 300, timeout: 45 }
  - model_name: claude
    litellm_params: { model: bedrock/eu-central-1/anthropic.claude-x, aws_access_key_id: AKIA1, aws_secret_access_key: s, order: 2 }
  - model_name: claude
    litellm_params: { model: anthropic/claude-sonnet-4-5, api_key: sk-ant-1, order: 1 }
  - model_name: embed
    litellm_params: { model: text-embedding-3-small, api_key: os.environ/OPENAI_KEY }
    model_info: { input_cost_per_token: 0.00000002 }
router_settings:
  num_retries: 3
  timeout: 60
  allowed_fails: 2
  cooldown_time: 30
  model_group_alias: { gpt-4: gpt-4o }
  fallbacks: [{ gpt-4o: [claude] }]
litellm_settings:
  cache: true
  cache_params: { type: local, ttl: 600 }
  context_window_fallbacks: [{ claude: [gpt-4o] }]
  max_budget: 1000
  budget_duration: 30d
  tag_budget_config: { "product:chat": { max_budget: 10, budget_duration: 10d } }
general_settings:
  master_key: sk-a-master-key-of-the-proxy
`;

export const companyVariables = { AZURE_EU_KEY: "azure-key", OPENAI_KEY: "sk-openai" };
