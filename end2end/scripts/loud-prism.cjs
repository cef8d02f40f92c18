// Loaded before Prism: a schema that cannot be compiled ends it. By itself it would leave that schema unchecked without a
// word, and a check that checks nothing looks like one that passes. Schemas are not held against the schema of schemas:
// Prism does that with the whole description for each of them, which takes most of its time.
const { default: Ajv } = require("ajv/dist/core");

const { compile } = Ajv.prototype;
Ajv.prototype.compile = function (schema, ...rest) {
  this.opts.validateSchema = false;
  try {
    return compile.call(this, schema, ...rest);
  } catch (error) {
    console.error(`Prism cannot check a schema: ${error.message}`);
    process.exit(1);
  }
};
