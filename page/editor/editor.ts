import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorSelection, EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap } from "@codemirror/view";
import { completing, preview } from "./completions";
import { formulaAt, formulasIn } from "./formulas";
import { symbolsOf } from "./found";
import type { CreateEditor, Diagnostic } from "./interface";
import { colours, language } from "./language";
import { withCommands } from "./signs";
import { symbolRow } from "./symbols";

export const createEditor: CreateEditor = ({ value, label, names, texts, changed, run, leave }) => {
  const element = document.createElement("div");
  element.className = "editor";
  const ours = { from: false };
  const view = new EditorView({
    doc: value,
    extensions: [
      Prec.highest(
        keymap.of([
          { key: "Shift-Enter", run: (view) => (closeCompletion(view), run(true), true) },
          { key: "Mod-Enter", run: (view) => (closeCompletion(view), run(false), true) },
          { key: "Tab", run: acceptCompletion },
        ]),
      ),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
      Prec.lowest(keymap.of([{ key: "Escape", run: () => (leave(), true) }])),
      history(),
      language,
      syntaxHighlighting(colours),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      autocompletion({
        override: [completing(names)],
        icons: false,
        addToOptions: [{ render: preview, position: 80 }],
      }),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": label,
        "aria-description": "Escape leaves the editor. Control and Enter runs the cell.",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      commandsForSigns,
      wrong,
      EditorView.updateListener.of(({ docChanged, state, selectionSet, view }) => {
        if (docChanged && !ours.from) changed(state.doc.toString());
        if (docChanged || selectionSet) showRow(state);
        if (completionStatus(state) === "active") view.requestMeasure(listInReach);
      }),
    ],
    parent: element,
  });
  const symbols = symbolsOf(texts);
  const row = symbolRow(symbols, (text) => {
    const [before, after = ""] = text.split("|");
    view.dispatch(
      view.state.changeByRange(({ from, to }) => ({
        changes: { from, to, insert: before + after },
        range: EditorSelection.cursor(from + before.length),
      })),
      { userEvent: "input.type", scrollIntoView: true },
    );
    view.focus();
  });
  const showRow = (state: EditorState): void => {
    row.hidden = !formulaAt(state.doc.toString(), state.selection.main.head);
  };
  showRow(view.state);
  if (symbols.length > 1) element.append(row);
  return {
    element,
    get value() {
      return view.state.doc.toString();
    },
    set value(text) {
      ours.from = true;
      view.dispatch({ changes: difference(view.state.doc.toString(), text) });
      ours.from = false;
    },
    focus: () => view.focus(),
    setDiagnostics: (diagnostics) => view.dispatch({ effects: diagnose.of(diagnostics) }),
  };
};

/** The list of completions scrolls, and the keyboard may reach what scrolls. */
const listInReach = {
  read: ({ dom }: EditorView) => dom.querySelector<HTMLElement>(".cm-tooltip-autocomplete > ul"),
  write: (list: HTMLElement | null): void => {
    if (list) list.tabIndex = 0;
  },
};

/** The one change that makes `after` of `before`: what is around it stays, and with it the cursor. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from++;
  let kept = 0;
  while (kept < Math.min(before.length, after.length) - from && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  return { from, to: before.length - kept, insert: after.slice(from, after.length - kept) };
}

/** Signs that come into a formula, by key or from elsewhere, become LaTeX. */
const commandsForSigns: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || !transaction.isUserEvent("input") || transaction.isUserEvent("input.type.compose"))
    return transaction;
  const text = transaction.newDoc.toString();
  const changes: { from: number; to: number; insert: string }[] = [];
  transaction.changes.iterChangedRanges((_a, _b, start, end) => {
    if (!/[^\0-\x7f]/.test(text.slice(start, end))) return;
    for (const { from, to } of formulasIn(text)) {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      if (first >= last) continue;
      const [old, insert] = [text.slice(first, last), withCommands(text.slice(first, last), text[last])];
      if (insert !== old) changes.push({ from: first, to: last, insert });
    }
  });
  return changes.length > 0 ? [transaction, { changes, sequential: true }] : transaction;
});

const diagnose = StateEffect.define<readonly Diagnostic[]>();

/** Underlines what is wrong; the words are shown when it is pointed at, and by the cell when it runs. */
const wrong = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const told = transaction.effects.find((effect) => effect.is(diagnose));
    return told ? underlined(told.value as readonly Diagnostic[], transaction.state) : marks.map(transaction.changes);
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (marks) => ({ "aria-invalid": String(marks.size > 0) })),
  ],
});

function underlined(diagnostics: readonly Diagnostic[], { doc }: EditorState): DecorationSet {
  return Decoration.set(
    diagnostics.flatMap(({ line, column, message }) => {
      const { from, to, length } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      if (length === 0) return [];
      const start = Math.min(from + column - 1, to - 1);
      return Decoration.mark({ class: "wrong", attributes: { title: message } }).range(start, start + 1);
    }),
    true,
  );
}
