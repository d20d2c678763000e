// Runs a Python file in Pyodide, from the folder that the book serves: node parity.mjs FOLDER FILE ARGUMENT...
import { readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file, ...rest] = process.argv.slice(2);
const served = (name) => join(resolve(folder), name);

async function run() {
  const { loadPyodide } = await import(pathToFileURL(served("pyodide.mjs")));
  const python = await loadPyodide({ indexURL: resolve(folder) + sep });
  await python.loadPackage("numpy", { messageCallback: () => {} });
  const course = new Uint8Array(readFileSync(served("rnncourse.zip")));
  python.unpackArchive(course, "zip", { extractDir: "/course" });
  python.globals.set("given", python.toPy([file, ...rest]));
  python.runPython("import sys; sys.path.insert(0, '/course'); sys.argv[:] = given");
  python.runPython(readFileSync(file, "utf-8"), { filename: file });
}

run().catch((error) => {
  console.error(error.message); // uncaught, it would come with a line of 1 MB of Pyodide's source
  process.exitCode = 1;
});
