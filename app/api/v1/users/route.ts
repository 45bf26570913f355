import { createUser, listUsers } from "../../../../lib/contracts/users.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { usersService } from "../../../../lib/server/services/users.ts";

export const GET = handle(listUsers, usersService.list);
export const POST = handle(createUser, usersService.create);
