export { systemClock, unixMs } from './clock.ts';
export { directoryFiles, memoryFiles, type Files } from './files.ts';
export { httpPoster, type Poster, type PostReply } from './post.ts';
export { fixedRandom, systemRandom, type Random } from './random.ts';
export { systemUsage } from './usage.ts';
export { openWebSocket, type OpenSocket, type Socket, type SocketEvents } from './web-socket.ts';
