/** Made by the build: polygons of rings of tenths of a degree, each point but the first as the difference from the one before. */
declare module 'outline' {
  const shapes: number[][][];
  export default shapes;
}
