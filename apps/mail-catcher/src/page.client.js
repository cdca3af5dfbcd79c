const mails = document.querySelector('#mails');
const POLL_MS = 2000;

/** Takes over the list when there is a newer mail; the open one stays as it is. */
async function refresh() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const newer = page.querySelector('#mails');
    if (newer && mails && newer.dataset.newest !== mails.dataset.newest) {
      mails.dataset.newest = newer.dataset.newest ?? '';
      mails.replaceChildren(...newer.childNodes);
    }
  }
  setTimeout(refresh, POLL_MS);
}
setTimeout(refresh, POLL_MS);

document.querySelector('#clear')?.addEventListener('click', async () => {
  await fetch('/mails', { method: 'DELETE' });
  location.assign('/');
});
