import { Octokit } from "@octokit/rest";
import { Desk } from "./desk";

const { DESK_PAT, RELEASE_PAT } = process.env;

const desk = new Desk(new Octokit({ auth: DESK_PAT }));
const releases = new Octokit({ auth: RELEASE_PAT });

await releases.rest.repos.createRelease({ owner: "initech", repo: "app", tag_name: process.argv[2] });
await desk.ask(`Check ${process.argv[2]}`);
