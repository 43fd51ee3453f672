import http from "node:http";

http.createServer((request, response) => response.end("portal")).listen(8080);
