// The oldest Node that everything here runs on, checked before anything else can fail in a way that
// nobody understands.
const oldest = /** @type {const} */ ([20, 19]);

/** Ends the process with a sentence when this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(
    `This is Node ${process.versions.node}; Thinkaloud needs ${oldest.join(".")} or newer: install it from nodejs.org, or type: npm install --global node@22`,
  );
  process.exit(1);
}
