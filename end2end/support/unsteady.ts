// A connection to the server that breaks again and again, as on a train.
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Unsteady {
  url: string;
  /** How often it has broken. */
  breaks(): number;
  close(): Promise<void>;
}

/** Breaks every connection once it has carried so many bytes to the server. */
export async function unsteady(to: string, bytes: number): Promise<Unsteady> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let breaks = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let carried = 0;
    for (const socket of [near, far]) {
      open.add(socket);
      // Either side may go at any moment; the other one goes with it.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (data: Buffer) => {
      carried += data.length;
      if (carried > bytes) {
        breaks += 1;
        near.destroy();
      } else {
        far.write(data);
      }
    });
    far.on("data", (data: Buffer) => near.write(data));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    breaks: () => breaks,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
