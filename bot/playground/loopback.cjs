// Loaded before Microsoft's Agents Playground, which listens on all interfaces and has no setting for it: whatever
// listens on a port in this process does so for this machine only.
"use strict";

const net = require("node:net");

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (where, ...rest) {
  const port = typeof where === "object" && where !== null ? where.port : where;
  if (port === undefined || !/^\d+$/.test(String(port))) return listen.call(this, where, ...rest);
  const then = rest.filter((part) => typeof part === "function");
  return listen.call(this, { port: Number(port), host: "127.0.0.1" }, ...then);
};
