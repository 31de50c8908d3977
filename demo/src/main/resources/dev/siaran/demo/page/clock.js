const element = document.getElementById('clock');
let source = null;

function open() {
  source = new EventSource('time');
  source.addEventListener('time', event => {
    const time = JSON.parse(event.data);
    element.dateTime = time;
    element.textContent = time.slice(11, 19);
    delete element.dataset.stale;
  });
  source.onerror = () => {
    element.dataset.stale = '';
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(follow, 2000);
    }
  };
}

/**
 * Follows the server's clock while the page can be seen: a browser opens six connections to a server and no more, for all
 * of its tabs together, and nobody looks at a clock in the background.
 */
function follow() {
  source?.close();
  source = null;
  if (document.visibilityState === 'visible') {
    open();
  }
}

document.addEventListener('visibilitychange', follow);
follow();
