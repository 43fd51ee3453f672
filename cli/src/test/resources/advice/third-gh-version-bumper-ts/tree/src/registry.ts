import semver from "semver";

export async function latest(name: string): Promise<string> {
  const answer = await fetch(`${process.env.REGISTRY_URL}?name=${encodeURIComponent(name)}`);
  if (!answer.ok) throw new Error(`registry: ${answer.status}`);
  const { version } = (await answer.json()) as { version: string };
  if (!semver.valid(version)) throw new Error(`registry: odd version ${version}`);
  return version;
}
