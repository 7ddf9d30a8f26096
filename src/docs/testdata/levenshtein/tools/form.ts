/** Loaded on demand: starts the frame. */
const frame = document.createElement('iframe');
frame.src = '/words/live/compare.html';
document.body.append(frame);
