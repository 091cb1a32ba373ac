// Escape puts a tip away without moving the pointer or the focus; leaving its card brings it back for the next time.
export function keepTips(root) {
  root.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const tipped of root.querySelectorAll('.tipped:hover, .tipped:focus-within')) tipped.classList.add('dismissed');
  });
  for (const leaving of ['mouseout', 'focusout']) {
    root.addEventListener(leaving, event => {
      const tipped = event.target.closest?.('.tipped.dismissed');
      if (tipped && !tipped.contains(event.relatedTarget)) tipped.classList.remove('dismissed');
    });
  }
}
