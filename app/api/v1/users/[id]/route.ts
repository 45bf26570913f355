import { updateUser } from "../../../../../lib/contracts/users.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { usersService } from "../../../../../lib/server/services/users.ts";

export const PATCH = handle(updateUser, usersService.update);
