import ArgumentParser

struct Ratios: ParsableCommand {}
