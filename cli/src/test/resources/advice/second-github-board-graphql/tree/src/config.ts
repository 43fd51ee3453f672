export const config = {
  githubToken: '@@github@@',
  // the node id of "Roadmap"
  project: process.env.PROJECT_ID ?? '',
};
