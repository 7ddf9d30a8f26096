# frozen_string_literal: true

# Runs snippets one after the other, each with its own namespace and libraries.

require 'js'
require 'json'

module SnippetRunner
  # Reports the text written to it, and the snippet's line that wrote it.
  class Stream
    def initialize(path, told)
      @path = path
      @told = told
    end

    def write(*texts)
      line = caller_locations.find { |location| location.path == @path }&.lineno || 0
      texts.sum do |text|
        @told.call(:call, JS::Null, text.to_s, line)
        text.to_s.bytesize
      end
    end

    def puts(*lines)
      return write("\n") if lines.empty?

      lines.flatten.each { |line| write(line.to_s.end_with?("\n") ? line.to_s : "#{line}\n") }
      nil
    end

    def print(*texts)
      write(*texts)
      nil
    end

    def printf(...)
      print(format(...))
    end

    def <<(text)
      write(text)
      self
    end

    def p(*things)
      things.each { |thing| puts(thing.inspect) }
      things.size > 1 ? things : things.first
    end

    def flush = self
    def sync = true
    def sync=(value); end
    def tty? = false
    alias isatty tty?
  end

  class << self
    # Returns how the snippet ended, as JSON.
    def run
      path, source, environment = %i[path source environment].map { |name| JS.global[:snippet][name].to_s }
      before = world
      $stdout = Stream.new(path, JS.global[:snippet][:wrote])
      $stderr = Stream.new(path, JS.global[:snippet][:wroteError])
      ENV.replace(JSON.parse(environment))
      JSON.generate(ending_of(path, source))
    ensure
      $stdout = STDOUT
      $stderr = STDERR
      forget(before)
    end

    private

    def ending_of(path, source)
      # Gives the snippet its own local variables.
      TOPLEVEL_BINDING.eval('proc { binding }').call.eval(source, path, 1)
      { kind: 'ended', exitCode: 0 }
    rescue SystemExit => e
      { kind: 'ended', exitCode: e.status }
    rescue SyntaxError => e
      { kind: 'threw', name: e.class.name, message: message_of(e), line: e.message[/^#{Regexp.escape(path)}:(\d+)/, 1]&.to_i }
    rescue Exception => e # rubocop:disable Lint/RescueException
      line = e.backtrace_locations&.find { |location| location.path == path }&.lineno
      { kind: 'threw', name: e.class.name, message: e.message.lines.first.to_s.chomp, line: }
    end

    def message_of(error)
      error.message[/\^+ (.+)$/, 1] || error.message.lines.first.to_s.chomp
    end

    # State that a snippet may change for later ones.
    def world
      { features: $LOADED_FEATURES.dup, constants: Object.constants, methods: Object.private_instance_methods(false),
        public_methods: Object.public_instance_methods(false), globals: global_variables }
    end

    def forget(before)
      $LOADED_FEATURES.replace(before[:features])
      (Object.constants - before[:constants]).each { |name| Object.send(:remove_const, name) }
      added = Object.private_instance_methods(false) - before[:methods]
      added += Object.public_instance_methods(false) - before[:public_methods]
      added.each { |name| Object.remove_method(name) }
      (global_variables - before[:globals]).each { |name| eval("#{name} = nil", binding, __FILE__, __LINE__) }
    end
  end
end
