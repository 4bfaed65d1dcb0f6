const free = 0;
const fromSource = 1;
const fromSink = 2;
const none = -1;
const terminal = -2;
const orphan = -3;

/**
 * A graph with a source and a sink, cut where that costs least.
 * Source: Boykov, Kolmogorov, "An experimental comparison of min-cut/max-flow algorithms for energy minimization in
 * vision", PAMI 26(9), 2004: two search trees that are kept from path to path, with time stamps and distances.
 */
export class MaxFlow {
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #to: Int32Array;
  readonly #capacity: Float64Array;
  /** What is left to the source (positive) or the sink (negative). */
  readonly #rest: Float64Array;
  readonly #tree: Uint8Array;
  /** The edge to the parent, `terminal`, `orphan` or `none`. */
  readonly #parent: Int32Array;
  readonly #stamp: Int32Array;
  readonly #distance: Int32Array;
  readonly #queued: Uint8Array;
  #active: number[] = [];
  #activeAt = 0;
  #orphans: number[] = [];
  #time = 0;
  #edges = 0;

  constructor(nodes: number, mostEdges: number) {
    this.#first = new Int32Array(nodes).fill(none);
    this.#rest = new Float64Array(nodes);
    this.#tree = new Uint8Array(nodes);
    this.#parent = new Int32Array(nodes).fill(none);
    this.#stamp = new Int32Array(nodes);
    this.#distance = new Int32Array(nodes);
    this.#queued = new Uint8Array(nodes);
    this.#next = new Int32Array(2 * mostEdges);
    this.#to = new Int32Array(2 * mostEdges);
    this.#capacity = new Float64Array(2 * mostEdges);
  }

  /** Adds to what it costs to part the node from the source, and from the sink. */
  addTerminal(node: number, toSource: number, toSink: number): void {
    this.#rest[node] = (this.#rest[node] as number) + toSource - toSink;
  }

  /** An edge that costs the same to cut in both directions. */
  addEdge(a: number, b: number, capacity: number): void {
    const e = this.#edges;
    this.#edges += 2;
    this.#to[e] = b;
    this.#to[e + 1] = a;
    this.#capacity[e] = capacity;
    this.#capacity[e + 1] = capacity;
    this.#next[e] = this.#first[a] as number;
    this.#first[a] = e;
    this.#next[e + 1] = this.#first[b] as number;
    this.#first[b] = e + 1;
  }

  /** Finds the cheapest cut. Afterwards `isSource` tells the side of each node. */
  run(): void {
    for (let i = 0; i < this.#rest.length; i++) {
      const rest = this.#rest[i] as number;
      if (rest === 0) continue;
      this.#tree[i] = rest > 0 ? fromSource : fromSink;
      this.#parent[i] = terminal;
      this.#distance[i] = 1;
      this.#activate(i);
    }
    for (let node = this.#takeActive(); node !== none; node = this.#takeActive()) {
      for (let bridge = this.#grow(node); bridge !== none; bridge = this.#grow(node)) {
        this.#time++;
        this.#augment(bridge);
        this.#adopt();
        if (this.#tree[node] === free) break;
      }
    }
  }

  isSource(node: number): boolean {
    return this.#tree[node] === fromSource;
  }

  #activate(node: number): void {
    if (this.#queued[node] === 1) return;
    this.#queued[node] = 1;
    this.#active.push(node);
  }

  #takeActive(): number {
    while (this.#activeAt < this.#active.length) {
      const node = this.#active[this.#activeAt++] as number;
      this.#queued[node] = 0;
      if (this.#tree[node] !== free) return node;
      if (this.#activeAt > 65536) {
        this.#active = this.#active.slice(this.#activeAt);
        this.#activeAt = 0;
      }
    }
    return none;
  }

  /** Lets a tree grow around the node; returns an edge from the source's to the sink's tree, or `none`. */
  #grow(node: number): number {
    const tree = this.#tree[node] as number;
    for (let e = this.#first[node] as number; e !== none; e = this.#next[e] as number) {
      // Flow runs from the source's tree outwards, and towards the sink's tree inwards.
      const capacity = this.#capacity[tree === fromSource ? e : e ^ 1] as number;
      if (capacity === 0) continue;
      const q = this.#to[e] as number;
      const other = this.#tree[q] as number;
      if (other === free) {
        this.#tree[q] = tree;
        this.#parent[q] = e ^ 1;
        this.#stamp[q] = this.#stamp[node] as number;
        this.#distance[q] = (this.#distance[node] as number) + 1;
        this.#activate(q);
      } else if (other !== tree) {
        return tree === fromSource ? e : e ^ 1;
      } else if (
        (this.#stamp[q] as number) <= (this.#stamp[node] as number) &&
        (this.#distance[q] as number) > (this.#distance[node] as number)
      ) {
        this.#parent[q] = e ^ 1;
        this.#stamp[q] = this.#stamp[node] as number;
        this.#distance[q] = (this.#distance[node] as number) + 1;
      }
    }
    return none;
  }

  /** Sends what fits along the path over the bridge. */
  #augment(bridge: number): void {
    let flow = this.#capacity[bridge] as number;
    const [start, end] = [this.#to[bridge ^ 1] as number, this.#to[bridge] as number];
    let i = start;
    for (let e = this.#parent[i] as number; e !== terminal; e = this.#parent[i] as number) {
      flow = Math.min(flow, this.#capacity[e ^ 1] as number);
      i = this.#to[e] as number;
    }
    flow = Math.min(flow, this.#rest[i] as number);
    i = end;
    for (let e = this.#parent[i] as number; e !== terminal; e = this.#parent[i] as number) {
      flow = Math.min(flow, this.#capacity[e] as number);
      i = this.#to[e] as number;
    }
    flow = Math.min(flow, -(this.#rest[i] as number));
    this.#push(bridge, flow);
    i = start;
    for (let e = this.#parent[i] as number; e !== terminal; e = this.#parent[i] as number) {
      this.#push(e ^ 1, flow);
      if (this.#capacity[e ^ 1] === 0) this.#orphan(i);
      i = this.#to[e] as number;
    }
    this.#rest[i] = (this.#rest[i] as number) - flow;
    if (this.#rest[i] === 0) this.#orphan(i);
    i = end;
    for (let e = this.#parent[i] as number; e !== terminal; e = this.#parent[i] as number) {
      this.#push(e, flow);
      if (this.#capacity[e] === 0) this.#orphan(i);
      i = this.#to[e] as number;
    }
    this.#rest[i] = (this.#rest[i] as number) + flow;
    if (this.#rest[i] === 0) this.#orphan(i);
  }

  #push(e: number, flow: number): void {
    this.#capacity[e] = (this.#capacity[e] as number) - flow;
    this.#capacity[e ^ 1] = (this.#capacity[e ^ 1] as number) + flow;
  }

  #orphan(node: number): void {
    this.#parent[node] = orphan;
    this.#orphans.push(node);
  }

  /** Finds new parents for what an emptied edge has cut off. */
  #adopt(): void {
    for (let at = 0; at < this.#orphans.length; at++) this.#adoptOne(this.#orphans[at] as number);
    this.#orphans = [];
  }

  #adoptOne(node: number): void {
    const tree = this.#tree[node] as number;
    let best = none;
    let least = 0x7fffffff;
    for (let e = this.#first[node] as number; e !== none; e = this.#next[e] as number) {
      if ((this.#capacity[tree === fromSource ? e ^ 1 : e] as number) === 0) continue;
      const q = this.#to[e] as number;
      if (this.#tree[q] !== tree || (this.#parent[q] as number) === none) continue;
      const distance = this.#distanceToTerminal(q);
      if (distance >= least) continue;
      least = distance;
      best = e;
    }
    if (best !== none) {
      this.#parent[node] = best;
      this.#stamp[node] = this.#time;
      this.#distance[node] = least + 1;
      return;
    }
    for (let e = this.#first[node] as number; e !== none; e = this.#next[e] as number) {
      const q = this.#to[e] as number;
      if (this.#tree[q] !== tree) continue;
      if ((this.#capacity[tree === fromSource ? e ^ 1 : e] as number) > 0) this.#activate(q);
      const parent = this.#parent[q] as number;
      if (parent >= 0 && this.#to[parent] === node) this.#orphan(q);
    }
    this.#tree[node] = free;
    this.#parent[node] = none;
  }

  /** Steps to the terminal; very many when the way ends at an orphan. Stamps the way, so that it is not walked again. */
  #distanceToTerminal(node: number): number {
    let distance = 0;
    let i = node;
    for (;;) {
      if (this.#stamp[i] === this.#time) {
        distance += this.#distance[i] as number;
        break;
      }
      const parent = this.#parent[i] as number;
      distance++;
      if (parent === terminal) {
        this.#stamp[i] = this.#time;
        this.#distance[i] = 1;
        break;
      }
      if (parent < 0) return 0x7fffffff;
      i = this.#to[parent] as number;
    }
    let rest = distance;
    for (let k = node; this.#stamp[k] !== this.#time; k = this.#to[this.#parent[k] as number] as number) {
      this.#stamp[k] = this.#time;
      this.#distance[k] = rest--;
    }
    return distance;
  }
}
