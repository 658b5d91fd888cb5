import NIOEmbedded
import App
enum Placeholder {}
