/** Selecting code by hand copies what the button copies: text across folded lines contains them. */

document.addEventListener('copy', (event) => {
  const selection = getSelection();
  const code = selection?.anchorNode?.parentElement?.closest('.source');
  if (!code?.contains(selection!.focusNode) || code.closest('.editing')) return;
  const text = selection!.getRangeAt(0).toString();
  const { copy: whole, tail = '' } = code.closest('.code')!.querySelector<HTMLElement>('.copy')!.dataset;
  event.clipboardData!.setData('text/plain', text.trim() === code.textContent.trim() ? (whole ?? text + tail) : text);
  event.preventDefault();
});
