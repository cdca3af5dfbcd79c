// Every control names the call it makes in data-call. The page is rendered on the server only: this script asks for
// it again every second and takes over the parts that changed, so nothing under a finger or a cursor is replaced.

const REFRESH_EVERY_MS = 1_000;
const said = document.getElementById('said');

async function refresh() {
  const response = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const list of document.querySelectorAll('[data-list]')) takeOverRows(list, fresh.getElementById(list.id));
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    if (next && next.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
      part.innerHTML = next.innerHTML;
    }
  }
}

function takeOverRows(list, next) {
  if (!next) return;
  for (const row of [...list.children]) if (!next.querySelector(`#${CSS.escape(row.id)}`)) row.remove();
  let before = list.firstElementChild;
  for (const row of [...next.children]) {
    const present = document.getElementById(row.id);
    if (present) before = present.nextElementSibling;
    else list.insertBefore(document.adoptNode(row), before);
  }
}

async function call(text, body) {
  const [method, path] = text.split(' ');
  const init = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

/** Turns a form into the call it names and that call's body. */
function readForm(form) {
  let target = form.dataset.call;
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.closest('[hidden]')) continue;
    if (target.includes(`{${field.name}}`)) {
      target = target.replace(`{${field.name}}`, encodeURIComponent(field.value.trim().replace(/^@/, '')));
    } else if ('merge' in field.dataset) {
      Object.assign(body, JSON.parse(field.value));
    } else if (field.value !== '' || 'keepEmpty' in field.dataset) {
      const [name, inner] = field.name.split('.');
      const value = field.type === 'number' ? Number(field.value) : field.value;
      body[name] = inner ? { [inner]: value } : value;
    }
  }
  return { target, body };
}

async function perform(control, target, body) {
  const label = control.textContent.trim();
  control.disabled = true;
  let link;
  const failure = await call(target, body).then(
    (answer) => {
      // What was posted has an address, which is what one came for.
      link = target.startsWith('POST /control/videos') ? answer.url : undefined;
    },
    (error) => error.message,
  );
  control.disabled = false;
  control.blur();
  await refresh().catch(() => {});
  say(`${label}: ${failure ?? 'done'}`, failure !== undefined, link);
  return failure === undefined;
}

function say(text, isError, link) {
  said.textContent = text;
  said.className = isError ? 'bad' : '';
  if (link === undefined) return;
  const code = document.createElement('code');
  code.textContent = link;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.textContent = 'Copy link';
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(link);
    copy.textContent = 'Copied';
  });
  said.append(' ', code, ' ', copy);
}

/** Fields that belong to one choice of another field. */
function showFitting() {
  for (const part of document.querySelectorAll('[data-when]')) {
    const [name, value] = part.dataset.when.split('=');
    part.hidden = part.closest('form').elements[name].value !== value;
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-call]');
  if (!button) return;
  perform(button, button.dataset.call, button.dataset.body && JSON.parse(button.dataset.body));
});

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.call) return;
  event.preventDefault();
  const { target, body } = readForm(form);
  const isDone = await perform(form.querySelector('button'), target, body);
  if (isDone && (form.dataset.reset !== undefined || form.closest('.actions'))) form.reset();
});

document.addEventListener('change', showFitting);
showFitting();

async function keepFresh() {
  if (!document.hidden) {
    await refresh().then(
      () => said.textContent.startsWith('The simulator') && say('', false),
      () => say('The simulator does not answer.', true),
    );
  }
  setTimeout(keepFresh, REFRESH_EVERY_MS);
}
setTimeout(keepFresh, REFRESH_EVERY_MS);
