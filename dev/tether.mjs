// Runs a command that cannot outlive whoever started it:
//
//   node tether.mjs [--log FILE] [--pid FILE] [--grace SECONDS] -- command arguments…
//
// The command and all its descendants end when this script's stdin closes, which the kernel does even for a
// starter that was killed by SIGKILL. SIGTERM comes first, so that servers can save; SIGKILL after the grace time.
//
// Three processes take part, because a signal may hit a whole process group (Ctrl+C, or a killed job):
//   outer   in the starter's group; it only waits, and passes the exit code on
//   keeper  in a group of its own; it watches stdin, and survives what kills the starter's group
//   command in a group of its own, so that it can be ended with all its descendants at once
import { spawn } from "node:child_process";
import { openSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const options = { grace: "10" };
const words = process.argv.slice(2);
while (words.length > 0 && words[0] !== "--") {
  const name = words.shift().slice(2);
  options[name] = name === "keeper" ? true : words.shift();
}
const [command, ...commandArguments] = words.slice(1);

if (options.keeper) keep();
else wait();

function wait() {
  // Signals reach everybody in the group: the starter decides what they mean, and in which order things end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) process.on(signal, () => {});
  const keeper = spawn(process.execPath, [fileURLToPath(import.meta.url), "--keeper", ...process.argv.slice(2)],
    { stdio: "inherit", detached: true });
  keeper.on("exit", (code) => process.exit(code ?? 1));
}

function keep() {
  const output = options.log ? openSync(options.log, "w") : "inherit";
  const child = spawn(command, commandArguments, { stdio: ["ignore", output, output], detached: true });
  child.on("error", (error) => {
    console.error(`${command}: ${error.code === "ENOENT" ? "not found" : error.message}`);
    process.exit(127);
  });
  if (child.pid === undefined) return;
  if (options.pid) writeFileSync(options.pid, `${child.pid}\n`);

  const end = once(async () => {
    signalGroup(child.pid, "SIGTERM");
    if (!(await groupEnded(child.pid, Number(options.grace)))) {
      signalGroup(child.pid, "SIGKILL");
      await groupEnded(child.pid, 1);
    }
  });
  process.stdin.on("close", end).on("error", end).resume();
  process.on("SIGTERM", end);
  child.on("exit", async (code, signal) => {
    await end(); // what the command left behind in its group
    if (options.pid) rmSync(options.pid, { force: true });
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

function once(action) {
  let result;
  return () => (result ??= action());
}

/** False when nobody is left in the group. */
function signalGroup(group, signal) {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

async function groupEnded(group, seconds) {
  const deadline = Date.now() + seconds * 1000;
  while (signalGroup(group, 0)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
