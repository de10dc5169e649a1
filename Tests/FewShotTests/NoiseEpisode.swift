import Episodes
import Randomness
import Tensors

/// An episode of 16 x 16 images of noise, alike within a class.
func noiseEpisode(way: Int, shot: Int, query: Int, _ seed: UInt64 = 3) -> Episode {
  var random = RandomStream(seed: seed).generator()
  let size = 16 * 16
  let classes = (0..<way).map { _ in (0..<size).map { _ in Float(random.normal()) } }
  func examples(_ count: Int) -> Examples {
    let labels = (0..<way).flatMap { Array(repeating: $0, count: count) }
    let pixels = labels.flatMap { label in classes[label].map { $0 + 0.5 * Float(random.normal()) } }
    return Examples(
      inputs: Tensor([labels.count, 16, 16, 1], pixels), targets: .classes(labels, of: way))
  }
  return Episode(support: examples(shot), query: examples(query))
}
