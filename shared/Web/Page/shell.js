// Splits a text into commands and words as a POSIX shell does (XCU 2.2, 2.3): quotes, backslashes, comments, operators. Redirections are left out.

// A backquote is written \x60: the build takes one in a line for the start of a longer text.
// The commands that have any words: [[{ text, isFilledIn }]]. 'isFilledIn': the shell would put a value in, for $NAME, $(…) or backquotes.
function shellCommands(source) {
  const text = source.replaceAll('\r', '');
  const commands = [[]];
  let word = '';
  let any = false;
  let isFilledIn = false;
  let isTarget = false;
  const endWord = () => {
    if (any && !isTarget) {
      commands[commands.length - 1].push({ text: word, isFilledIn });
    }
    isTarget = isTarget && !any;
    word = '';
    any = false;
    isFilledIn = false;
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\'' || sign === '"') {
      const start = i;
      any = true;
      for (i++; text[i] !== sign; i++) {
        if (i >= text.length) {
          throw new ImportError('the quote ' + text.slice(start, start + 20) + ' does not end.');
        }
        if (sign === '"' && text[i] === '\\' && /["\\$\x60\n]/.test(text[i + 1] || '')) {
          i++;
          word += text[i] === '\n' ? '' : text[i];
        } else {
          isFilledIn = isFilledIn || (sign === '"' && /[$\x60]/.test(text[i]));
          word += text[i];
        }
      }
    } else if (sign === '\\' && i + 1 < text.length) {
      i++;
      any = any || text[i] !== '\n';
      word += text[i] === '\n' ? '' : text[i];
    } else if (sign === '#' && !any) {
      const line = text.indexOf('\n', i);
      i = line < 0 ? text.length : line - 1;
    } else if (sign === '>' || sign === '<') {
      // The number of a stream stands right before it: 2>.
      if (/^\d*$/.test(word)) {
        word = '';
        any = false;
      }
      endWord();
      isTarget = true;
    } else if (/[\n;&|()]/.test(sign)) {
      // Behind a redirection & is a part of its target: 2>&1.
      if (sign !== '&' || !isTarget || any) {
        endWord();
        commands.push([]);
      }
    } else if (/\s/.test(sign)) {
      endWord();
    } else {
      any = true;
      isFilledIn = isFilledIn || /[$\x60]/.test(sign);
      word += sign;
    }
  }
  endWord();
  return commands.filter(words => words.length);
}
