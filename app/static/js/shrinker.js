// The place beside the page where photos are made small (js/picture.js): one picture in, one picture out.
import { small } from "./picture.js";

onmessage = async ({ data, ports: [port] }) => port.postMessage(await small(data));
