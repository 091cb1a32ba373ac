// Parses each M expression of the standard input, an array of { name, text }; prints for each what is wrong, which names it uses and which it defines.
const { createRequire } = require('node:module');
const { DefaultSettings, Language, TaskUtils } = createRequire(process.argv[2] + '/')('@microsoft/powerquery-parser');
const { NodeKind } = Language.Ast;

const walk = (node, found) => {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) return node.forEach(each => walk(each, found));
  if (node.kind === NodeKind.IdentifierExpression) found.uses.add(node.identifier.literal);
  if (node.kind === NodeKind.IdentifierPairedExpression) found.defines.add(node.key.literal);
  if (node.kind === NodeKind.Parameter) found.defines.add(node.name.literal);
  for (const [key, child] of Object.entries(node)) if (key !== 'tokenRange') walk(child, found);
};

(async () => {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const answers = [];
  for (const { name, text } of JSON.parse(input)) {
    const task = await TaskUtils.tryLexParse(DefaultSettings, text);
    const found = { uses: new Set(), defines: new Set() };
    if (TaskUtils.isParseStageOk(task)) walk(task.ast, found);
    answers.push({ name, fault: task.error?.message ?? null, uses: [...found.uses], defines: [...found.defines] });
  }
  console.log(JSON.stringify(answers));
})();
