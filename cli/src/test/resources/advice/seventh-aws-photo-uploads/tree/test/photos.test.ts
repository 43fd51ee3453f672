import { expect, test, vi } from "vitest";

const send = vi.fn();
vi.mock("../src/config.js", () => ({ region: "eu-west-1", bucket: "test-bucket" }));
vi.mock("@aws-sdk/client-s3", () => ({
  S3Client: class {
    send = send;
  },
  PutObjectCommand: class {
    constructor(readonly input: unknown) {}
  },
  GetObjectCommand: class {},
  DeleteObjectCommand: class {},
}));

test("stores below photos/", async () => {
  const { store } = await import("../src/photos.js");
  await store("1", Buffer.from("x"), "image/jpeg");
  expect(send.mock.calls[0][0].input.Key).toBe("photos/1");
});
