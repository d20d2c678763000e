// Make an editor for Python of an element: loaded when a reader opens the first exercise.
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

// Make the editor. `changed` hears of each new text; `check` and `run` are called for Ctrl+Enter and Shift+Enter.
export function makeEditor({ parent, code, label, describedBy, changed, check, run }) {
  const call = (action) => () => (action(), true);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: code,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        indentUnit.of("    "),
        python(),
        syntaxHighlighting(classHighlighter),
        keymap.of([
          { key: "Mod-Enter", run: call(check) },
          { key: "Shift-Enter", run: call(run) },
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab, // Escape, then Tab, leaves the editor
        ]),
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy }),
        EditorView.updateListener.of((update) => update.docChanged && changed(view.state.doc.toString())),
      ],
    }),
  });
  return {
    code: () => view.state.doc.toString(),
    put: (text) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: isolateHistory.of("full"), // one step back undoes this and nothing else
      }),
    focus: () => view.focus(),
  };
}
