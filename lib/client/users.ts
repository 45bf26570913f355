import { queryOptions } from "@tanstack/react-query";
import { listTeams, listUsers } from "../contracts/users.ts";
import { call } from "./call.ts";

export const usersQuery = () =>
	queryOptions({
		queryKey: ["users"],
		queryFn: ({ signal }) => call(listUsers, { signal }),
		staleTime: 30_000,
	});

export const teamsQuery = () =>
	queryOptions({
		queryKey: ["teams"],
		queryFn: ({ signal }) => call(listTeams, { signal }),
		staleTime: 30_000,
	});
