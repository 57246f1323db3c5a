// The wall: assets/cockpit.js. The server's page is a shell, <div id="cockpit" data-community data-source>. Everything
// else lies in chunks: a chunk that imported this file would fetch it again without its ?v=, and start a second wall.

const target = document.getElementById("cockpit");
if (target) void import("./wall").then(({ openWall }) => openWall(target));

export {};
