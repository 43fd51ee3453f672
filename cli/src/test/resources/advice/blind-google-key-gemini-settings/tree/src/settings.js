export const settings = {
  port: 8080,
  database: "postgres://localhost/captions",
  google: {
    geminiKey: "@@google-key@@",
    model: "gemini-2.5-flash",
  },
};
