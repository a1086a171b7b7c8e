// The last boots of a machine: for each a bar for the eyes, and under it the stages as a list for everybody.

const STAGES = ['Seen', 'Offer', 'Boot server', 'Loader', 'iPXE', 'Script', 'Kernel', 'Initrd', 'Start', 'Up'];
const STAGE_KEYS = ['seen', 'offered', 'boot-server', 'loader', 'ipxe', 'script', 'kernel', 'initrd', 'start', 'up'];

function stageName(key) {
  const number = STAGE_KEYS.indexOf(key);
  return number < 0 ? key : STAGES[number];
}

function showBoots(parts, boots, age) {
  toggle(parts.none, boots.length === 0);
  while (parts.boots.children.length > boots.length) {
    parts.boots.lastChild.remove();
  }
  boots.forEach((boot, index) => {
    let item = parts.boots.children[index];
    if (!item) {
      item = make('li', null, make('b'), make('div', { class: 'bar', 'aria-hidden': 'true' }), make('ol', { class: 'stages' }));
      parts.boots.append(item);
    }
    const stages = boot.stages;
    const last = stages.length ? stages[stages.length - 1] : [0, 0];
    const [title, bar, list] = item.children;
    put(title, agoText(boot.ago + age) + (stages.length ? ', ' + (STAGES[last[0]] || 'stage ' + last[0]) + ' after ' + secondsText(last[1]) : ''));
    // The lists change only when the boot does: nothing flickers, and a screen reader is not sent back to the start.
    const key = JSON.stringify(stages);
    if (item.dataset.key !== key) {
      item.dataset.key = key;
      list.replaceChildren(...stages.map(stageItem));
      bar.replaceChildren(...stages.slice(1).map((stage, at) => {
        const piece = make('span', { title: STAGES[stage[0]] || '' });
        piece.style.flexGrow = String(Math.max(stage[1] - stages[at][1], 0));
        return piece;
      }));
    }
  });
}

function stageItem(stage) {
  const [number, at, bytes, took] = stage;
  const loader = bytes ? ' (' + bytesText(bytes) + ' in ' + secondsText(took || 0) + ', ' + rateText(bytes, took || 0) + ')' : '';
  return make('li', null, make('b', { text: STAGES[number] || 'Stage ' + number }), make('span', { text: ' +' + secondsText(at) + loader }));
}
