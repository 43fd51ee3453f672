import { Gitlab } from "@gitbeaker/rest";

const api = new Gitlab({ token: "@@gitlab@@" });

const merged = await api.MergeRequests.all({ projectId: "acme/app", state: "merged" });
for (const mr of merged) {
  const hours = (Date.parse(mr.merged_at) - Date.parse(mr.created_at)) / 36e5;
  console.log(mr.iid, hours.toFixed(1));
  if (hours > 240) {
    // 403 with this token
    await api.MergeRequestNotes.create("acme/app", mr.iid, `This took ${hours.toFixed(0)} hours.`);
  }
}
