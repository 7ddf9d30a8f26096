/** In a frame of its own: how far two words of the page are from each other. */
import { distance } from 'fastest-levenshtein';

addEventListener('message', ({ data, ports: [port] }: MessageEvent<[string, string]>) =>
  port?.postMessage(distance(...data)),
);
