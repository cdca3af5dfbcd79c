// Preloaded (`node --import`) into every process that a script starts over an IPC channel. The channel closes when the
// parent is gone, however it went: then this process stops as if it had been asked to, and makes sure that it does.
const graceMs = 20_000;

// Told by name, for Node hands a preload on to children too, and those have channels and ends of their own.
const isOurs = process.env['CLIPMETER_PARENT'] === String(process.ppid);
delete process.env['CLIPMETER_PARENT'];

if (isOurs && process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
    // A program that listens for this itself takes leave by itself; a second request would only hurry it.
    if (process.listenerCount('disconnect') === 0) process.kill(process.pid, 'SIGTERM');
  });
  // The channel alone must not keep a process alive that has nothing left to do.
  process.channel.unref();
}
