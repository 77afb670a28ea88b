export default function frame() {}
