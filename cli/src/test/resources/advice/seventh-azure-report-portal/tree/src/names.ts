export function safeName(name: string): string {
  if (!/^[a-z0-9-]+\.pdf$/.test(name)) {
    throw new Error("no such report");
  }
  return name;
}
