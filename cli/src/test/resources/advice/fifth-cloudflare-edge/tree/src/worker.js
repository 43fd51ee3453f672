export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const to = await env.REDIRECTS.get(url.pathname);
    return to ? Response.redirect(to, 301) : fetch(request);
  },
};
