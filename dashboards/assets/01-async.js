// What Dash's own scripts need of the polyfill that they bring for browsers of 2016: they have one
// asynchronous function each, written out as a machine of states, to wait for a component that is
// fetched late. All else that the polyfill brings, a browser that runs our scripts has by itself.
(function () {
  "use strict";

  function machine(step) {
    const state = { prev: 0, next: 0, sent: undefined, stop: function () { state.next = "end"; } };
    return {
      next: function (value) {
        state.sent = value;
        const found = state.next === "end" ? undefined : step(state);
        return { value: found, done: state.next === "end" };
      },
      throw: function (error) { state.stop(); throw error; },
      return: function (value) { state.stop(); return { value: value, done: true }; },
    };
  }

  window.regeneratorRuntime = window.regeneratorRuntime || {
    mark: function (call) { return call; },
    wrap: function (step, outer, self) { return machine(step.bind(self)); },
  };
})();
