/** The addresses of the workers' scripts: see `build/engine.ts`. */
declare module 'virtual:engine-core' {
  const url: string;
  export default url;
}

declare module 'virtual:engine-full' {
  const url: string;
  export default url;
}
