export const stories = new Map([
  ["owl", { scene: "an owl who is afraid of the dark", text: "There once was an owl who slept with a lamp on." }],
  ["tram", { scene: "a small yellow tram in the snow", text: "Tram number nine was late, as it was every winter." }],
]);
