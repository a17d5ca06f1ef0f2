/**
 * `@pulumi/pulumi` requires two large libraries at its start, `typescript` and `@npmcli/arborist`, which serialize
 * functions. They take two thirds of the time that it takes to load, and most processes of the tests use neither.
 */

/** @typedef {Record<PropertyKey, unknown>} Exports */

/**
 * Exports that are loaded when the first of them is used. Compiled imports ask `__esModule` and then use `default` or
 * the names; without it they would copy every name at once.
 *
 * @param {() => Exports} load
 * @returns {Exports}
 */
exports.lazily = (load) => {
  /** @type {Exports} */
  const lazy = new Proxy(
    {},
    { get: (_, key) => (key === "__esModule" ? true : key === "default" ? lazy : load()[key]) },
  );
  return lazy;
};
