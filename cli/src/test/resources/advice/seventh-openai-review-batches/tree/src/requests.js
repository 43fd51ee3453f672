const SCHEMA = { type: "object", properties: { mood: { enum: ["good", "bad", "mixed"] } } };

export function toRequest(review) {
  return {
    custom_id: review.id,
    method: "POST",
    url: "/v1/chat/completions",
    body: {
      model: "gpt-4o-mini",
      messages: [{ role: "user", content: `Mood of this review?\n${review.text}` }],
      response_format: { type: "json_schema", json_schema: { name: "mood", schema: SCHEMA } },
    },
  };
}
