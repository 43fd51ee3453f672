import { line } from "d3-shape";

export type Point = [number, number];

export function path(points: Point[]): string {
  return line()(points) ?? "";
}
