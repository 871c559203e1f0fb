/** Tests of a `describe` that go on from one another: after the first that fails, the others would say nothing. */
export function stepsInOrder(): void {
  let hasFailed = false;

  beforeEach(function () {
    if (hasFailed) this.skip();
  });

  afterEach(function () {
    hasFailed ||= this.currentTest?.state === 'failed';
  });
}
