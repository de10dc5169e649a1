@main
struct MetaBench {
  static func main() { print("metabench") }
}
